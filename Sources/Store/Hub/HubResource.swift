/// A resource as it is now.
public struct HubResource: Hashable, Sendable {
  /// Its name, the same in all its versions.
  public let id: HubKey
  /// The FHIR resource type.
  public let type: String
  /// The patient whom it is about; `nil` for none.
  public let patient: HubKey?
  /// The number of its version, from 1.
  public let version: Int64
  /// Whether it holds.
  public let state: HubState
  /// Where this version comes from.
  public let origin: HubOrigin
  /// The resource as compact JSON.
  public let content: [UInt8]
}
