/// What many deliveries have in common, so that each holds only its number.
struct DeliveryClass: Hashable {
  let target: String
  let route: String
  let contentType: String
}

/// The classes as the writer knows and adds them.
final class DeliveryClasses {
  private let all, add: Statement
  private var numbers: [DeliveryClass: Int64] = [:]
  private var targets: [Int64: String] = [:]

  init(_ connection: Connection) throws(StoreError) {
    all = try connection.prepare(
      "SELECT number, target, route, content_type FROM delivery_class", doing: "reading routes")
    add = try connection.prepare(
      "INSERT INTO delivery_class (target, route, content_type) VALUES (?, ?, ?) RETURNING number",
      doing: "storing a route")
    try reload()
  }

  /// Reads them anew, after a batch was abandoned that may have added some.
  func reload() throws(StoreError) {
    defer { all.reset() }
    numbers = [:]
    targets = [:]
    while try all.step() {
      keep(
        DeliveryClass(target: all.text(1), route: all.text(2), contentType: all.text(3)), as: all.integer(0))
    }
  }

  func number(of deliveryClass: DeliveryClass) throws(StoreError) -> Int64 {
    if let known = numbers[deliveryClass] { return known }
    defer { add.reset() }
    try add.bind(deliveryClass.target, at: 1)
    try add.bind(deliveryClass.route, at: 2)
    try add.bind(deliveryClass.contentType, at: 3)
    _ = try add.step()
    let number = add.integer(0)
    keep(deliveryClass, as: number)
    return number
  }

  func target(of number: Int64) -> String {
    targets[number] ?? ""
  }

  private func keep(_ deliveryClass: DeliveryClass, as number: Int64) {
    numbers[deliveryClass] = number
    targets[number] = deliveryClass.target
  }
}
