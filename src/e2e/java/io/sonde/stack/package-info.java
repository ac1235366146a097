/** Alerts from end to end: targets, Sonde, Prometheus, Alertmanager, and somebody who is told. */
package io.sonde.stack;
