public import Diagnostics

/// How a look at changed mappings ended, for the operator.
public enum MappingsReport: Sendable {
  /// They are served from now on.
  case served(MappingChanges, version: String, warnings: [Diagnostic])
  /// They can't be; those before go on.
  case refused([Diagnostic])
}

/// Which mappings differ between two libraries, by name.
public struct MappingChanges: Sendable, Equatable {
  /// Only in the newer one.
  public let added: [String]
  /// In both, in different versions.
  public let changed: [String]
  /// Only in the older one.
  public let removed: [String]

  /// Whether none differ.
  public var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }

  init(from old: MappingVersions, to new: MappingVersions) {
    added = new.each.keys.filter { old.each[$0] == nil }.sorted()
    changed = new.each.filter { old.each[$0.key] != nil && old.each[$0.key] != $0.value }.keys.sorted()
    removed = old.each.keys.filter { new.each[$0] == nil }.sorted()
  }
}
