/** Runs Sonde as users do, beside nginx, Prometheus and the exporter that it replaces. */
package io.sonde.e2e;
