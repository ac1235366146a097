package io.sonde.config;

/** The parameters of one kind of probe. */
public sealed interface ProbeSpec
    permits HttpSpec, TcpSpec, IcmpSpec, DnsSpec, GrpcSpec, UnixSpec, WebsocketSpec {
  /** The kind of probe that these parameters belong to. */
  ProberKind kind();
}
