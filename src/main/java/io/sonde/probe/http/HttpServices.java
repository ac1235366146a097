package io.sonde.probe.http;

import io.sonde.net.dns.AddressSelection;
import io.sonde.net.file.BlockingWork;
import io.sonde.net.file.SearchWork;
import io.sonde.net.http.BodyMemory;
import io.sonde.net.http.HttpTransport;

/**
 * What all http probers share.
 *
 * @param addresses picks the address of a target
 * @param transport what opens connections
 * @param work where files are read
 * @param searches where large bodies are searched
 * @param memory what bodies are kept in that checks want to see
 * @param maxBodyBytes how much of a body is kept for a check at most, where the module sets no
 *     limit of its own
 */
public record HttpServices(
    AddressSelection addresses,
    HttpTransport.Services transport,
    BlockingWork work,
    SearchWork searches,
    BodyMemory memory,
    int maxBodyBytes) {}
