/// A resource with all that merging needs.
public struct HubMaterial: Hashable, Sendable {
  /// The resource.
  public let resource: HubResource
  /// Its place in the order in which resources were made.
  public let place: Int64
  /// Grows with each version and each confirmation.
  public let revision: Int64
  /// By what it is found.
  public let index: HubIndex
  /// What its contributors told.
  public let statements: [HubStatement]
}

/// What the store has, at one moment.
public struct HubMaterials: Sendable {
  /// The resources by name.
  public let resources: [HubKey: HubMaterial]
  /// When lists were told.
  public let lists: [HubList.Name: HubList.Telling]
}
