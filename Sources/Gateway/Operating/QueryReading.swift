import Foundation
import HTTP
import Store

/// A query that can't be understood.
struct QueryError: Error {
  let text: String
}

extension HTTPRequest {
  /// A choice by its name, or `nil` when the field is not there.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ type: Choice.Type
  ) throws(QueryError) -> Choice? {
    guard let text = query(name) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw QueryError(text: "\(name) is one of \(all)")
  }

  /// The span of `from` and `to`, RFC 3339 with an offset, in milliseconds since 1970; `nil` for neither.
  func span() throws(QueryError) -> ClosedRange<Int64>? {
    let (from, to) = (try time("from"), try time("to"))
    guard from != nil || to != nil else { return nil }
    let (first, last) = (from ?? 0, to ?? Int64.max / 2)
    guard first <= last else { throw QueryError(text: "from is after to") }
    return first...last
  }

  /// How many are wanted on a page: 50 unless said otherwise.
  func limit(most: Int = 1000) throws(QueryError) -> Int {
    guard let text = query("limit") else { return 50 }
    guard let limit = Int(text), 1...most ~= limit else {
      throw QueryError(text: "limit is a number from 1 to \(most)")
    }
    return limit
  }

  private func time(_ name: String) throws(QueryError) -> Int64? {
    guard let text = query(name) else { return nil }
    let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
    guard let date = styles.lazy.compactMap({ try? $0.parse(text) }).first else {
      throw QueryError(text: "\(name) is a time with an offset: 2026-11-21T09:15:00+01:00")
    }
    return Int64(date.timeIntervalSince1970 * 1000)
  }
}

/// What is asked of `GET /deliveries`.
struct DeliveryWish {
  let query: DeliveryQuery
  let cursor: DeliveryPage.Cursor?
  let limit: Int

  /// `order` is what a route keeps in order, such as a patient's number; it is looked for by its pseudonym.
  init(_ request: HTTPRequest, _ pseudonyms: Pseudonyms) throws(QueryError) {
    query = DeliveryQuery(
      state: try request.choice("state", DeliveryState.self), target: request.query("target"),
      route: request.query("route"),
      lane: request.query("order").map(pseudonyms.code) ?? request.query("lane"),
      created: try request.span())
    cursor = try request.query("after").map { text throws(QueryError) in try Self.cursor(text) }
    limit = try request.limit()
  }

  private static func cursor(_ text: String) throws(QueryError) -> DeliveryPage.Cursor {
    let parts = text.split(separator: "-").compactMap { Int64($0) }
    guard parts.count == 2 else { throw QueryError(text: "after is the `next` of the page before") }
    return DeliveryPage.Cursor(created: parts[0], number: parts[1])
  }
}

extension HTTPRequest {
  /// Why a person does something; nil for no reason, and for more than 200 bytes.
  var reason: String? {
    query("reason").flatMap { $0.isEmpty || $0.utf8.count > 200 ? nil : $0 }
  }
}

extension HTTPResponse {
  static let unreasoned = problem(400, "say why: ?reason=…, without patient data, at most 200 bytes")
  static let unreadableStore = problem(500, "the store can't be read")
}
