/// The names of numbers, as a connection that reads knows them; they never change.
final class HubLexicon {
  private let name, number: any SQLStatement
  private var names: [Int64: String] = [:]
  private var numbers: [String: Int64] = [:]

  init(_ connection: any SQLConnection) throws(StoreError) {
    name = try connection.statement("SELECT name FROM hub_name WHERE number = ?", doing: "reading the hub")
    number = try connection.statement("SELECT number FROM hub_name WHERE name = ?", doing: "reading the hub")
  }

  func name(_ wanted: Int64) throws(StoreError) -> String {
    if let known = names[wanted] { return known }
    defer { name.reset() }
    try name.bind(wanted, at: 1)
    guard try name.step() else { return "" }
    let found = name.text(0)
    names[wanted] = found
    return found
  }

  /// `nil` for a name that the store has never seen.
  func number(_ wanted: String) throws(StoreError) -> Int64? {
    if let known = numbers[wanted] { return known }
    defer { number.reset() }
    try number.bind(wanted, at: 1)
    guard try number.step() else { return nil }
    let found = number.integer(0)
    numbers[wanted] = found
    return found
  }
}
