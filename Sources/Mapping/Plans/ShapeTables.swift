import Documents

/// All object types as flat tables: what reading a message looks up for every field.
final class ShapeTables: Sendable {
  struct TypeRecord: BitwiseCopyable {
    var firstField: Int32
    var fieldCount: Int32
    /// Where this type's hash slots begin in `slots`, and how many there are less one.
    var firstSlot: Int32
    var slotMask: Int32
    /// The index of the field `$`, or -1.
    var ownText: Int32
    var required: UInt64
    var isClosed: Bool
  }

  struct FieldRecord: BitwiseCopyable {
    var name: NameID
    /// The object's type, or -1 for a value.
    var object: Int32
    /// The value's rule.
    var rule: ValueRule
    var isRequired: Bool
    var repeats: Bool
  }

  struct Slot: BitwiseCopyable {
    var name: NameID
    var field: Int32
  }

  let types: Table<TypeRecord>
  let fields: Table<FieldRecord>
  let slots: Table<Slot>
  let rules: ValueRules

  init(_ library: ShapeLibrary) {
    var builder = ShapeTableBuilder()
    for type in library.types { builder.add(type) }
    types = Table(builder.types)
    fields = Table(builder.fields)
    slots = Table(builder.slots)
    rules = ValueRules(builder.rules)
  }

  deinit {
    types.deallocate()
    fields.deallocate()
    slots.deallocate()
    rules.deallocate()
  }

  /// The index of a field in its type, or -1.
  @inline(__always)
  static func field(_ name: NameID, in type: TableEntry<TypeRecord>, _ slots: Table<Slot>) -> Int {
    var slot = name & type.slotMask
    while true {
      let entry = slots[Int(type.firstSlot + slot)]
      if entry.name == name { return Int(entry.field) }
      if entry.field < 0 { return -1 }
      slot = (slot + 1) & type.slotMask
    }
  }
}

/// Lays the tables out.
private struct ShapeTableBuilder {
  var types: [ShapeTables.TypeRecord] = []
  var fields: [ShapeTables.FieldRecord] = []
  var slots: [ShapeTables.Slot] = []
  var rules = ValueRuleBuilder()

  mutating func add(_ type: ObjectType) {
    var size: Int32 = 4
    while size < type.fields.count * 2 { size *= 2 }
    let required = type.fields.prefix(64).enumerated().reduce(UInt64(0)) { mask, field in
      field.element.cardinality.isRequired ? mask | 1 << UInt64(field.offset) : mask
    }
    let record = ShapeTables.TypeRecord(
      firstField: Int32(fields.count), fieldCount: Int32(type.fields.count), firstSlot: Int32(slots.count),
      slotMask: size - 1, ownText: Int32(type.index(of: "$") ?? -1), required: required,
      isClosed: type.isClosed)
    types.append(record)
    slots += [ShapeTables.Slot](repeating: .init(name: -1, field: -1), count: Int(size))
    for (index, field) in type.fields.enumerated() { add(field, Int32(index), record) }
  }

  private mutating func add(_ field: Field, _ index: Int32, _ type: ShapeTables.TypeRecord) {
    var object: Int32 = -1
    var rule = ValueRule(kind: .any, codes: .none)
    switch field.content {
    case .object(let id): object = Int32(id)
    case .value(let type): rule = rules.rule(type)
    }
    fields.append(
      .init(
        name: field.id, object: object, rule: rule, isRequired: field.cardinality.isRequired,
        repeats: field.cardinality.repeats))
    var slot = field.id & type.slotMask
    while slots[Int(type.firstSlot + slot)].field >= 0 { slot = (slot + 1) & type.slotMask }
    slots[Int(type.firstSlot + slot)] = .init(name: field.id, field: index)
  }
}
