package io.sonde.page;

/** The entries of the navigation. */
enum Place {
  OVERVIEW("Overview", ""),
  TRY_IT("Try it", "try"),
  MODULES("Modules", "modules"),
  STATUS("Status", "status");

  private final String label;
  private final String path;

  Place(String label, String path) {
    this.label = label;
    this.path = path;
  }

  String label() {
    return label;
  }

  Link link() {
    return Link.to(path);
  }
}
