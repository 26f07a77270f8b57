import Documents

/// What a batch's lines come to, by product and price.
struct ProductSums {
  private(set) var lines: [InvoiceDocument.Line] = []
  /// The days of the earliest and latest visits.
  private(set) var first, last: CalendarDay?

  private struct Group {
    let code, name, price: TextRange
    var line: InvoiceDocument.Line
  }

  init(_ records: RecordLines) {
    let (code, name) = (records.path("product.code"), records.path("product.name"))
    let (price, fee, date) = (records.path("product.price"), records.path("feePaid"), records.path("date"))
    var groups: [Group] = []
    for line in 0..<records.count {
      let group = Group(
        code: records.range(line, code), name: records.range(line, name), price: records.range(line, price),
        line: .init(code: "", name: "", price: .zero))
      let index = groups.firstIndex { Self.same($0, group, records) } ?? groups.count
      if index == groups.count { groups.append(Self.named(group, line, price, records)) }
      groups[index].line.count += 1
      groups[index].line.fees += records.money(line, fee) ?? .zero
      guard let day = records.day(line, date) else { continue }
      first = min(first ?? day, day)
      last = max(last ?? day, day)
    }
    lines = Self.sorted(groups.map(\.line))
  }

  private static func same(_ one: Group, _ other: Group, _ records: RecordLines) -> Bool {
    records.same(one.code, other.code) && records.same(one.name, other.name)
      && records.same(one.price, other.price)
  }

  private static func named(
    _ group: Group, _ line: Int, _ price: RecordLines.Path, _ records: RecordLines
  ) -> Group {
    Group(
      code: group.code, name: group.name, price: group.price,
      line: .init(
        code: records.string(group.code), name: records.string(group.name),
        price: records.money(line, price) ?? .zero))
  }

  /// One line for each price, also where it is written in several ways; always in the same order.
  private static func sorted(_ lines: [InvoiceDocument.Line]) -> [InvoiceDocument.Line] {
    var sums: [String: InvoiceDocument.Line] = [:]
    for line in lines {
      let key = "\(line.code)|\(line.name)|\(line.price.öre)"
      sums[key, default: .init(code: line.code, name: line.name, price: line.price)].add(line)
    }
    return sums.sorted { $0.key < $1.key }.map(\.value)
  }
}

extension InvoiceDocument.Line {
  fileprivate mutating func add(_ other: Self) {
    count += other.count
    fees += other.fees
  }
}
