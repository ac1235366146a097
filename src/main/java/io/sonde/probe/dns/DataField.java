package io.sonde.probe.dns;

/** A part of the data of a record, and how zone files write it. */
enum DataField {
  U8,
  U16,
  U32,
  /** A domain name. */
  NAME,
  /** A character string as it is. */
  STRING,
  /** A character string in quotes. */
  QUOTED,
  /** What is left, in quotes. */
  QUOTED_REST,
  /** Character strings in quotes, as many as there are. */
  STRINGS,
  HEX,
  UPPER_HEX,
  /** What is left in hexadecimal, with a blank where it gets long. */
  GROUPED_HEX,
  BASE64,
  /** What is left, whatever it is. */
  RAW,
  ADDRESS4,
  ADDRESS6,
  /** Six bytes with hyphens between. */
  EUI48,
  /** Eight bytes with hyphens between. */
  EUI64,
  /** Eight bytes in four groups. */
  GROUPS,
  UPPER_GROUPS,
  PREFIXES,
  /** A type of record by its mnemonic. */
  TYPE,
  /** A moment. */
  TIME,
  CERTIFICATE_TYPE,
  ALGORITHM,
  /** Bytes after their length; a hyphen if there are none. */
  SALT,
  /** The hash of a name after its length. */
  HASHED_NAME,
  /** The types of a bitmap. */
  TYPES(true),
  /** An IPv4 address that may be missing. */
  ADDRESS4_IF_ANY(true),
  /** Keys and values of a service. */
  PARAMETERS(true),
  LOCATION,
  HOST_IDENTITY,
  IPSEC_KEY,
  AMT_RELAY,
  KEY_EXCHANGE,
  /** Something that cannot be checked. */
  SIGNATURE;

  private final boolean list;

  DataField() {
    this(false);
  }

  DataField(boolean list) {
    this.list = list;
  }

  /** Whether it writes a blank before each of its items, and so nothing if there are none. */
  boolean isList() {
    return list;
  }

  /** Reads and writes the part. */
  void write(WireReader in, StringBuilder out) throws MalformedMessageException {
    switch (this) {
      case U8 -> out.append(in.u8());
      case U16 -> out.append(in.u16());
      case U32 -> out.append(in.u32());
      case NAME -> out.append(in.name());
      case STRING -> PresentationText.appendString(out, in.string());
      case QUOTED -> PresentationText.appendQuoted(out, in.string());
      case QUOTED_REST -> PresentationText.appendUnescapedQuoted(out, in.rest());
      case STRINGS -> PresentationText.appendStrings(in, out);
      case HEX -> out.append(PresentationText.hex(in.rest()));
      case UPPER_HEX -> out.append(PresentationText.upperHex(in.rest()));
      case GROUPED_HEX -> PresentationText.appendGroupedHex(out, in.rest());
      case BASE64 -> out.append(PresentationText.base64(in.rest()));
      case RAW -> PresentationText.appendRaw(out, in.rest());
      default -> writeCompound(in, out);
    }
  }

  private void writeCompound(WireReader in, StringBuilder out) throws MalformedMessageException {
    switch (this) {
      case ADDRESS4 -> AddressData.append4(in, out);
      case ADDRESS6 -> AddressData.append6(in, out);
      case ADDRESS4_IF_ANY -> AddressData.append4IfAny(in, out);
      case EUI48 -> AddressData.appendOctets(in, out, 6);
      case EUI64 -> AddressData.appendOctets(in, out, 8);
      case GROUPS -> AddressData.appendGroups(in, out, "%04x");
      case UPPER_GROUPS -> AddressData.appendGroups(in, out, "%04X");
      case PREFIXES -> AddressData.appendPrefixes(in, out);
      case TYPE -> out.append(RecordText.typeText(in.u16()));
      case TIME -> SecurityData.appendTime(in, out);
      case CERTIFICATE_TYPE -> SecurityData.appendCertificateType(in, out);
      case ALGORITHM -> SecurityData.appendAlgorithm(in, out);
      case SALT -> SecurityData.appendSalt(in, out);
      case HASHED_NAME -> out.append(PresentationText.base32Hex(in.string()));
      case TYPES -> SecurityData.appendTypes(in, out);
      case PARAMETERS -> ServiceData.appendParameters(in, out);
      case LOCATION -> LocationData.append(in, out);
      case HOST_IDENTITY -> SecurityData.appendHostIdentity(in, out);
      case IPSEC_KEY -> GatewayData.appendIpsecKey(in, out);
      case AMT_RELAY -> GatewayData.appendAmtRelay(in, out);
      case KEY_EXCHANGE -> SecurityData.appendKeyExchange(in, out);
      case SIGNATURE -> throw new MalformedMessageException("a signature without a key");
      default -> throw new IllegalStateException(name());
    }
  }
}
