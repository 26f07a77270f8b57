import Cryptography

/// How large a log was and what its root was (C2SP tlog-checkpoint).
public struct Checkpoint: Sendable, Equatable {
  /// Which log.
  public let origin: String
  /// The number of entries.
  public let size: Int
  /// The root of their tree.
  public let root: SHA256.Digest
  /// Lines behind the first three. Sluss writes one, `previous SIZE`, so that no checkpoint can be left out.
  public let extensions: [String]

  /// A checkpoint.
  public init(origin: String, size: Int, root: SHA256.Digest, extensions: [String] = []) {
    self.origin = origin
    self.size = size
    self.root = root
    self.extensions = extensions
  }

  /// Reads a note's text; nil when it is no checkpoint in its one form.
  public init?(_ text: String) {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 4, lines.last == "", !lines[0].isEmpty, let size = Int(lines[1]), size >= 0,
      String(size) == lines[1], let root = Base64.decode(lines[2]).flatMap(SHA256.Digest.init(bytes:))
    else { return nil }
    let extensions = Array(lines[3..<(lines.count - 1)])
    guard extensions.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.init(origin: lines[0], size: size, root: root, extensions: extensions)
  }

  /// The note's text.
  public var text: String {
    ([origin, String(size), Base64.encode(root.bytes)] + extensions).map { $0 + "\n" }.joined()
  }

  /// The size of the checkpoint before this one; nil when it doesn't say.
  var previous: Int? {
    extensions.lazy.compactMap { $0.hasPrefix("previous ") ? Int($0.dropFirst(9)) : nil }.first
  }
}
