/// Something that is wrong with a log.
public struct Finding: Sendable, Equatable, CustomStringConvertible {
  /// The first entry that it is about; nil when it is about no entry.
  public let entry: Int?
  /// What it is.
  public let text: String

  /// One line.
  public var description: String { text }
}

/// What checking a log found.
public struct Verification: Sendable {
  /// The entries that were read.
  public internal(set) var entries = 0
  /// The size of the log.
  public internal(set) var size = 0
  /// The checkpoints that were checked.
  public internal(set) var checkpoints = 0
  /// What is wrong, the first first; at most ``mostFindings``.
  public private(set) var findings: [Finding] = []
  /// More are not told.
  public static let mostFindings = 100

  /// Whether all is well.
  public var isSound: Bool { findings.isEmpty }

  /// The first entry that is wrong; nil when all are right, or when none can be named.
  public var firstWrongEntry: Int? { findings.compactMap(\.entry).min() }

  /// The first of the first `size` entries that is known to be wrong.
  func firstWrongEntry(before size: Int) -> Int? { findings.compactMap(\.entry).filter { $0 < size }.min() }

  /// Takes up what checking a tile came to.
  mutating func add(_ tile: CheckedTile) {
    entries += tile.entries
    for finding in tile.findings { add(finding.text, entry: finding.entry) }
  }

  mutating func add(_ text: String, entry: Int? = nil) {
    guard findings.count < Self.mostFindings else { return }
    findings.append(Finding(entry: entry, text: text))
  }
}
