/// A system that may talk to the gateway: what it is known by, and what it may do.
public struct SystemAccount: Sendable, Equatable {
  /// Its name, from `sluss.yaml`.
  public let name: String
  /// The hashes of its tokens; several while one takes another's place.
  public var tokens: [TokenHash] = []
  /// The HSA-ids of its certificates; capitals and small letters are the same.
  public var hsaIDs: [String] = []
  /// The SHA-256 digests of its certificates in hexadecimal; capitals and small letters are the same.
  public var fingerprints: [String] = []
  /// Where it sends HL7 from, if it shows no certificate.
  public var networks: [Network] = []
  /// What it may do.
  public var grants = Grants.none

  /// A system that is known by nothing and may do nothing.
  public init(_ name: String) {
    self.name = name
  }

  /// Whether it is known by anything.
  public var isKnowable: Bool {
    !(tokens.isEmpty && hsaIDs.isEmpty && fingerprints.isEmpty && networks.isEmpty)
  }
}
