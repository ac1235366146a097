/** The side-by-side benchmark of Sonde and the reference exporter on one machine. */
package io.sonde.bench;
