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

  mutating func add(_ text: String, entry: Int? = nil) {
    guard findings.count < Self.mostFindings else { return }
    findings.append(Finding(entry: entry, text: text))
  }
}
