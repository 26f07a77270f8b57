/// The rows of lists, as the one connection that writes changes them.
final class HubLists {
  private let names: HubNames
  private let find, replace: any SQLStatement

  init(_ connection: any SQLConnection, _ names: HubNames) throws(StoreError) {
    self.names = names
    find = try connection.statement(
      "SELECT time, message FROM hub_list WHERE whole = ? AND type = ? AND contributor = ?",
      doing: "looking for a list of the hub")
    replace = try connection.statement(
      """
      INSERT INTO hub_list (whole, type, contributor, time, message) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (whole, type, contributor) DO UPDATE SET time = excluded.time, message = excluded.message
      """, doing: "writing a list of the hub")
  }

  func telling(of name: HubList.Name) throws(StoreError) -> HubList.Telling? {
    defer { find.reset() }
    try bind(name, to: find)
    guard try find.step() else { return nil }
    return HubList.Telling(time: find.integer(0), message: find.text(1))
  }

  func put(_ list: HubList) throws(StoreError) {
    try bind(list.name, to: replace)
    try replace.bind(list.telling.time, at: 4)
    try replace.bind(list.telling.message, at: 5)
    try replace.run()
  }

  private func bind(_ name: HubList.Name, to statement: any SQLStatement) throws(StoreError) {
    try statement.bind(name.whole.bytes, at: 1)
    try statement.bind(try names.number(of: name.type), at: 2)
    try statement.bind(try names.number(of: name.contributor), at: 3)
  }
}
