package io.sonde.page;

import io.sonde.server.QueryString;

/** Makes what one path of the site says. Called off the event loops, by several threads at once. */
interface Page {
  /**
   * What is said now.
   *
   * @param query the request's parameters
   * @param rest what the path has behind the page's own
   */
  Content content(QueryString query, String rest);
}
