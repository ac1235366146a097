package io.sonde.probe.http;

import io.sonde.net.connect.Dialer;
import io.sonde.net.dns.AddressSelection;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.tls.TlsMaterials;

/**
 * What all http probers share.
 *
 * @param addresses picks the address of a target, and finds those of hosts that redirects lead to
 * @param dialer opens connections
 * @param tls compiles the modules' TLS settings
 * @param work where files are read and large bodies searched
 * @param maxBodyBytes how much of a body is kept for a check at most, where the module sets no
 *     limit of its own
 */
public record HttpServices(
    AddressSelection addresses,
    Dialer dialer,
    TlsMaterials tls,
    BlockingWork work,
    int maxBodyBytes) {}
