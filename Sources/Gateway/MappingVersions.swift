import Cryptography
public import Mapping

/// What a library's mappings say, as hashes: equal versions translate equally, wherever the files lie.
///
/// A version is SHA-256 over the hashes of the files that decide what a mapping does (`MappingLibrary.files`): each over
/// the file's kind, its name and its text, and the length of each before it, so that no two sets of files look the same.
public struct MappingVersions: Sendable, Equatable {
  /// By the mapping's name, in hexadecimal.
  public let each: [String: String]
  /// Of all mappings together.
  public let all: String

  /// The versions of a library's mappings.
  public init(_ library: MappingLibrary) {
    var hashes = FileHashes()
    each = library.files.reduce(into: [:]) { each, entry in
      each[entry.key] = Self.version(of: entry.key, entry.value, &hashes)
    }
    var hash = SHA256()
    hash.update("sluss mappings 2\n")
    for (name, version) in each.sorted(by: { $0.0 < $1.0 }) { hash.update(framed: [name, version]) }
    all = hash.finish().hexadecimal
  }

  private static func version(
    of mapping: String, _ files: [ConfigurationFile], _ hashes: inout FileHashes
  ) -> String {
    var hash = SHA256()
    hash.update("sluss mapping 2\n")
    hash.update(framed: [mapping])
    for file in files.map({ hashes.hash(of: $0) }).sorted() { hash.update(framed: [file]) }
    return hash.finish().hexadecimal
  }
}

/// The hashes of files, each of which many mappings share.
private struct FileHashes {
  private var byPath: [String: String] = [:]

  mutating func hash(of file: ConfigurationFile) -> String {
    if let known = byPath[file.path] { return known }
    var hash = SHA256()
    hash.update("sluss file 1\n")
    hash.update(framed: [file.kind?.rawValue ?? "", file.name, file.text])
    let text = hash.finish().hexadecimal
    byPath[file.path] = text
    return text
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
