package io.sonde.probe.dns;

/**
 * A resource record of an answer (RFC 1035 section 4.1.3).
 *
 * @param type its number
 * @param ttl how long it may be kept, in seconds; an OPT record keeps flags there
 * @param serial of the zone, if it is a SOA record; else 0
 * @param text the whole of it as a zone file would write it; what expressions are searched in
 */
record DnsRecord(int type, long ttl, long serial, String text) {}
