/// The numbers of names, as the one connection that writes knows them.
final class HubNames {
  private let insert, find: any SQLStatement
  private var numbers: [String: Int64] = [:]

  init(_ connection: any SQLConnection) throws(StoreError) {
    insert = try connection.statement(
      "INSERT INTO hub_name (name) VALUES (?) ON CONFLICT DO NOTHING", doing: "naming in the hub")
    find = try connection.statement("SELECT number FROM hub_name WHERE name = ?", doing: "naming in the hub")
  }

  /// The number of a name, a new one if need be.
  func number(of name: String) throws(StoreError) -> Int64 {
    if let number = try known(name) { return number }
    try insert.bind(name, at: 1)
    try insert.run()
    guard let number = try known(name) else { throw .failed(doing: "naming in the hub", code: 1) }
    return number
  }

  /// The number of a name that has one.
  func known(_ name: String) throws(StoreError) -> Int64? {
    if let number = numbers[name] { return number }
    defer { find.reset() }
    try find.bind(name, at: 1)
    guard try find.step() else { return nil }
    let number = find.integer(0)
    numbers[name] = number
    return number
  }

  /// Those of a batch that was undone are gone.
  func forget() {
    numbers = [:]
  }
}
