import Cryptography
public import Mapping

/// What a library's mappings say, as hashes: equal versions translate equally, wherever the files lie.
///
/// A version is SHA-256 over the files that decide what a mapping does (`MappingLibrary.files`): each with
/// its kind, its name and its text, and the length of each before it, so that no two sets of files look the
/// same.
public struct MappingVersions: Sendable, Equatable {
  /// By the mapping's name, in hexadecimal.
  public let each: [String: String]
  /// Of all mappings together.
  public let all: String

  /// The versions of a library's mappings.
  public init(_ library: MappingLibrary) {
    let each = library.files.map { ($0.key, Self.version(of: $0.key, $0.value)) }
    self.each = Dictionary(uniqueKeysWithValues: each)
    var hash = SHA256()
    hash.update("sluss mappings 1\n")
    for (name, version) in each.sorted(by: { $0.0 < $1.0 }) { hash.update(framed: [name, version]) }
    all = hash.finish().hexadecimal
  }

  private static func version(of mapping: String, _ files: [ConfigurationFile]) -> String {
    var hash = SHA256()
    hash.update("sluss mapping 1\n")
    hash.update(framed: [mapping])
    let parts = files.map { (kind: $0.kind?.rawValue ?? "", name: $0.name, text: $0.text) }
    for part in parts.sorted(by: { ($0.name, $0.kind) < ($1.name, $1.kind) }) {
      hash.update(framed: [part.kind, part.name, part.text])
    }
    return hash.finish().hexadecimal
  }
}

extension SHA256 {
  /// Adds texts, each behind its length in bytes.
  fileprivate mutating func update(framed texts: [String]) {
    for text in texts {
      update("\(text.utf8.count):")
      update(text)
    }
  }
}
