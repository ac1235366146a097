/**
 * Asks a real Prometheus everything that the dashboards ask, and looks at how they are laid out.
 */
package io.sonde.boards;
