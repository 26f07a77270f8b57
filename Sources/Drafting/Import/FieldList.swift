/// The fields of a content model, each name once and in the order in which they first stand.
struct FieldList {
  private(set) var fields: [SchemaField] = []

  /// Adds what stands behind: a name that stands twice may stand as often as both together.
  mutating func append(_ others: FieldList) {
    for field in others.fields {
      guard let index = index(of: field) else {
        fields.append(field)
        continue
      }
      fields[index].least = Occurrence.sum(fields[index].least, field.least)
      fields[index].most = Occurrence.sum(fields[index].most, field.most)
    }
  }

  mutating func append(_ field: SchemaField) { append(FieldList([field])) }

  init(_ fields: [SchemaField] = []) { self.fields = fields }

  /// One of several lists: what not all demand may stay away.
  init(oneOf lists: [FieldList]) {
    for list in lists {
      for field in list.fields {
        guard let index = index(of: field) else {
          fields.append(field)
          continue
        }
        fields[index].most = max(fields[index].most, field.most)
      }
    }
    for index in fields.indices {
      fields[index].least = lists.map { $0.least(of: fields[index]) }.min() ?? 0
    }
  }

  private func index(of field: SchemaField) -> Int? {
    fields.firstIndex { $0.name == field.name && $0.kind == field.kind }
  }

  private func least(of field: SchemaField) -> Int { index(of: field).map { fields[$0].least } ?? 0 }

  func repeated(_ times: Occurrence) -> FieldList {
    FieldList(times.most == 0 ? [] : fields.map { $0.repeated(times) })
  }

  /// With a remark at the first field.
  func remarked(_ remark: String) -> FieldList {
    var list = self
    if !list.fields.isEmpty { list.fields[0].remarks.append(remark) }
    return list
  }

  /// The names as a remark shows them: `a, b, c`, or the first few of many.
  func names(_ separator: String) -> String {
    let names = fields.prefix(5).map(\.name.local).joined(separator: separator)
    return fields.count > 5 ? names + separator + "…" : names
  }
}
