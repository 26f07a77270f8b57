/// The names that the loaded shapes know, numbered once so that no message looks up strings.
///
/// A name is a local part in a namespace (0 is none; JSON has only that). Attributes start with `$`.
/// Built before the first message and never changed, hence shared by all threads.
public final class NameTable: Sendable {
  /// The number of the empty name.
  @inlinable public static var unnamed: NameID { 0 }

  /// Namespace URIs; index 0 is no namespace.
  public let namespaces: [String]
  /// The prefix that each namespace was first asked for.
  let wishes: [String]
  private let bytes: Table<UInt8>
  private let locals: Table<TableRange>
  private let namespaceOf: Table<Int32>
  private let slots: Table<NameID>
  private let mask: Int

  init(namespaces: [String], wishes: [String], names: [(namespace: Int32, local: [UInt8])]) {
    self.namespaces = namespaces
    self.wishes = wishes
    var bytes: [UInt8] = []
    var locals: [TableRange] = []
    for name in names {
      locals.append(TableRange(start: Int32(bytes.count), count: Int32(name.local.count)))
      bytes += name.local
    }
    self.bytes = Table(bytes)
    self.locals = Table(locals)
    namespaceOf = Table(names.map(\.namespace))
    var size = 64
    while size < names.count * 3 { size *= 2 }
    mask = size - 1
    var slots = [NameID](repeating: -1, count: size)
    for (id, name) in names.enumerated() {
      var slot = (name.local.withUnsafeBufferPointer { ByteRuns.hash($0) } &+ Int(name.namespace)) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = NameID(id)
    }
    self.slots = Table(slots)
  }

  deinit {
    bytes.deallocate()
    locals.deallocate()
    namespaceOf.deallocate()
    slots.deallocate()
  }

  /// How many names there are; a document's own names are numbered from here on.
  public var count: Int { locals.count }

  /// The number of a name, or `nil` when no shape knows it.
  public func find(_ name: UnsafeBufferPointer<UInt8>, namespace: Int32 = 0) -> NameID? {
    var slot = (ByteRuns.hash(name) &+ Int(namespace)) & mask
    while true {
      let id = slots[slot]
      if id < 0 { return nil }
      if namespaceOf[Int(id)] == namespace, ByteRuns.same(bytes.slice(locals[Int(id)]), name) { return id }
      slot = (slot + 1) & mask
    }
  }

  /// The number of a name given as text.
  public func find(_ local: String, namespace: Int32 = 0) -> NameID? {
    Array(local.utf8).withUnsafeBufferPointer { find($0, namespace: namespace) }
  }

  /// The local part of a name in UTF-8.
  public func local(_ id: NameID) -> [UInt8] { Array(bytes.slice(locals[Int(id)])) }

  /// Whether that is the local part of a name.
  func isLocal(_ id: NameID, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    ByteRuns.same(bytes.slice(locals[Int(id)]), text)
  }

  /// The first byte of a name's local part, or `nil` for the empty one.
  func firstByte(_ id: NameID) -> UInt8? { bytes.slice(locals[Int(id)]).first }

  /// The namespace's number of a name.
  public func namespace(_ id: NameID) -> Int32 { namespaceOf[Int(id)] }

  /// The number of a namespace, or `nil` when no shape declares it.
  public func namespaceID(_ uri: String) -> Int32? {
    namespaces.firstIndex(of: uri).map(Int32.init)
  }
}

/// Collects names while shapes are loaded.
public struct NameTableBuilder {
  private struct Key: Hashable {
    let namespace: Int32
    let local: String
  }

  private var namespaces = [""]
  private var wishes = [""]
  private var names: [(namespace: Int32, local: [UInt8])] = [(0, [])]
  private var known: [Key: NameID] = [Key(namespace: 0, local: ""): NameTable.unnamed]

  /// Starts with the empty name alone.
  public init() {}

  /// Numbers a namespace; the first prefix asked for is kept.
  public mutating func namespace(_ uri: String, prefix: String) -> Int32 {
    if let index = namespaces.firstIndex(of: uri) { return Int32(index) }
    namespaces.append(uri)
    wishes.append(prefix)
    return Int32(namespaces.count - 1)
  }

  /// Numbers a name.
  public mutating func name(_ local: String, namespace: Int32 = 0) -> NameID {
    let key = Key(namespace: namespace, local: local)
    if let id = known[key] { return id }
    let id = NameID(names.count)
    names.append((namespace, Array(local.utf8)))
    known[key] = id
    return id
  }

  /// The finished table.
  public func build() -> NameTable {
    NameTable(namespaces: namespaces, wishes: wishes, names: names)
  }
}
