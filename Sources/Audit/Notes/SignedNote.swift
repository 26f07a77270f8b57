/// A text with signature lines below it (C2SP signed-note).
public struct SignedNote: Sendable, Equatable {
  /// One signature line.
  public struct Signature: Sendable, Equatable {
    /// The name of the key.
    public let name: String
    /// The key's id, four bytes.
    public let keyID: [UInt8]
    /// What the key made of the text.
    public let bytes: [UInt8]

    /// A signature line of a key.
    public init(name: String, keyID: [UInt8], bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }
  }

  /// The text, which ends with a line end.
  public let text: String
  /// In the order written.
  public var signatures: [Signature]

  private static let dash = "\u{2014} "
  private static let mostSignatures = 64

  /// A note with a text and signatures.
  public init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// Reads a note; nil when it is malformed, has no signatures or absurdly many.
  public init?(_ note: String) {
    let scalars = note.unicodeScalars
    guard scalars.allSatisfy({ $0.value >= 32 || $0 == "\n" }), let parts = Self.split(note) else {
      return nil
    }
    var signatures: [Signature] = []
    for line in parts.signatures.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      guard let signature = Self.signature(line) else { return nil }
      signatures.append(signature)
    }
    guard !signatures.isEmpty, signatures.count <= Self.mostSignatures else { return nil }
    self.init(text: parts.text, signatures: signatures)
  }

  /// The note as it is written.
  public var description: String {
    text + "\n" + signatures.map(Self.line).joined()
  }

  /// A signature line with its line end.
  static func line(_ signature: Signature) -> String {
    "\(dash)\(signature.name) \(Base64.encode(signature.keyID + signature.bytes))\n"
  }

  /// Reads a signature line without its line end.
  static func signature(_ line: some StringProtocol) -> Signature? {
    guard line.unicodeScalars.starts(with: dash.unicodeScalars) else { return nil }
    let rest = Substring(String(line).unicodeScalars.dropFirst(2))
    let words = rest.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, !words[0].isEmpty, let bytes = Base64.decode(words[1]), bytes.count > 4 else {
      return nil
    }
    return Signature(name: String(words[0]), keyID: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4)))
  }

  /// The text ends at the last empty line.
  private static func split(_ note: String) -> (text: String, signatures: String)? {
    let lines = note.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.last == "", let empty = lines.dropLast().lastIndex(of: ""), empty > 0 else { return nil }
    return (
      lines[..<empty].map { $0 + "\n" }.joined(),
      lines[(empty + 1)...].dropLast().map { $0 + "\n" }.joined()
    )
  }
}
