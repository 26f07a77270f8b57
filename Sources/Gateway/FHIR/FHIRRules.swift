/// What the operator says of the FHIR façade in `sluss.yaml`: who may read through it, and on whose behalf.
/// What they may see, their rights in `systems` say.
public struct FHIRRules: Sendable, Equatable {
  /// The name of whoever asks where anybody may come.
  static let anybody = "anybody"

  /// The systems of `systems` that may ask, by their names.
  public var consumers: [String: FHIRConsumer] = [:]

  /// Rules by which nobody may read anything.
  public init() {}
}

/// A system that may read through the façade.
public struct FHIRConsumer: Sendable, Equatable {
  /// The checks that it makes itself before it shows anything.
  public var ownChecks: Set<AccessCheck> = []
  /// On whose behalf it asks; each part an HSA-id, or `header NAME` for where it stands in the request.
  public var actor = RIVTAActor()

  /// A consumer of whom nothing is known: all checks are made, and fail for want of a person.
  public init() {}
}
