package io.sonde.server.listen;

/**
 * A socket that listens already and was handed to this process at its start.
 *
 * @param descriptor its number
 * @param name what the service manager calls it; may be empty
 * @param unix whether it is a unix domain socket, else it is one of TCP
 */
public record InheritedSocket(int descriptor, String name, boolean unix) implements ListenAddress {
  @Override
  public String text() {
    return "descriptor " + descriptor + (name.isEmpty() ? "" : " (" + name + ")");
  }

  @Override
  public String network() {
    return unix ? "unix" : "tcp";
  }
}
