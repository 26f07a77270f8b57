import Diagnostics

/// Which way a value goes.
public enum Direction: String, Sendable {
  /// From the format to the hub.
  case `in`
  /// From the hub to the format.
  case out
}

/// A two-column table of codes, the format's and the hub's.
struct CodeTable: Sendable {
  struct Row: Sendable {
    let format: String
    let hub: String
    /// `nil` serves both directions.
    let use: Direction?
    let place: Place

    /// Whether a `*` stands in both cells.
    let isPattern: Bool

    init(format: String, hub: String, use: Direction?, place: Place) {
      self.format = format
      self.hub = hub
      self.use = use
      self.place = place
      isPattern = format.contains("*") && hub.contains("*")
    }

    func serves(_ direction: Direction) -> Bool { use == nil || use == direction }
    func source(_ direction: Direction) -> String { direction == .in ? format : hub }
    func target(_ direction: Direction) -> String { direction == .in ? hub : format }
  }

  let name: String
  let formatColumn: String
  let hubColumn: String
  let rows: [Row]
  let place: Place

  /// The rows that are looked up in a direction, without the pattern row.
  func rows(_ direction: Direction) -> [Row] { rows.filter { $0.serves(direction) && !$0.isPattern } }

  func pattern(_ direction: Direction) -> Row? { rows.first { $0.isPattern && $0.serves(direction) } }

  func column(_ direction: Direction) -> String { direction == .in ? formatColumn : hubColumn }

  /// The codes that come out in a direction, absent left out.
  func targets(_ direction: Direction) -> [String] {
    rows(direction).map { $0.target(direction) }.filter { !$0.isEmpty }
  }

  /// Rows whose source stands in an earlier row of the same direction too.
  func ambiguousRows(_ direction: Direction) -> [(first: Row, second: Row)] {
    var seen: [String: Row] = [:]
    var found: [(Row, Row)] = []
    for row in rows(direction) {
      if let first = seen[row.source(direction)] { found.append((first, row)) }
      seen[row.source(direction)] = row
    }
    return found
  }
}
