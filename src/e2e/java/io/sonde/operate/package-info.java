/**
 * Sonde as an operator runs it: exposed, watched, attacked and changed while Prometheus scrapes.
 */
package io.sonde.operate;
