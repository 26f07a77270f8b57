/// A delivery as the gateway tells it.
struct DeliveryRow: Decodable {
  let number: Int64
  let message, route, target, state, created, changed: String
  let attempts: Int
  let problem, due: String?
  let holdsLane: Bool?

  var cells: [String] {
    let waits = due.map { "due \($0)" } ?? (holdsLane == true ? "holds its patient's others" : "")
    return [String(number), message, route, target, state, String(attempts), created, problem ?? waits]
  }

  static let header = ["NUMBER", "MESSAGE", "ROUTE", "TARGET", "STATE", "TRIES", "MADE", "PROBLEM"]
}

/// A page of deliveries.
struct DeliveryRows: Decodable {
  let deliveries: [DeliveryRow]
  let next: String?
}

/// A message as the gateway tells it.
struct MessageRow: Decodable {
  let id, mapping, state, received: String
  let bytes: Int
  let mappingVersion: String?

  var cells: [String] { [id, mapping, state, received, String(bytes), mappingVersion ?? ""] }

  static let header = ["MESSAGE", "MAPPING", "STATE", "RECEIVED", "BYTES", "VERSION"]
}

/// A page of messages.
struct MessageRows: Decodable {
  let messages: [MessageRow]
  let next: String?
}

/// A message and what came of it.
struct MessageTrace: Decodable {
  let message: MessageRow
  let deliveries: [DeliveryRow]
}

/// Rows in columns as wide as they need.
enum TextTable {
  static func text(_ header: [String], _ rows: [[String]]) -> String {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    return ([header] + rows).map { row in
      var line = zip(row, widths).map { $0.padded($1 + 2) }.joined()
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
