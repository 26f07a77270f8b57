/// The numbers of classes of deliveries: what has one target, route and media type.
final class PostgreSQLClasses {
  private var numbers: [DeliveryClass: Int64] = [:]

  /// The class's number; it is made when there is none.
  func number(of delivery: NewDelivery, in batch: PostgreSQLBatch) throws(StoreError) -> Int64 {
    let name = DeliveryClass(
      target: delivery.target, route: delivery.route, contentType: delivery.contentType)
    if let number = numbers[name] { return number }
    let values: [PostgreSQLValue] = [.text(name.target), .text(name.route), .text(name.contentType)]
    try batch.post(PostgreSQLCall(Self.insert, values: values))
    let rows = try batch.ask(PostgreSQLCall(Self.find, values: values), doing: "recording a delivery")
    guard rows.count > 0 else { throw .unreachable(doing: "recording a delivery") }
    numbers[name] = rows.integer(0, 0)
    return rows.integer(0, 0)
  }

  /// Those of a batch that was undone are gone.
  func forget() {
    numbers = [:]
  }

  private static let insert = """
    INSERT INTO delivery_class (target, route, content_type) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
    """
  private static let find = """
    SELECT number FROM delivery_class WHERE target = $1 AND route = $2 AND content_type = $3
    """
}
