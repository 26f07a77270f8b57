/// Names that only this document has: no shape knows them, yet they are kept.
struct ForeignNames {
  private struct Name: Hashable {
    let namespace: String
    let local: [UInt8]
  }

  private var names: [Name] = []
  private var numbers: [Name: Int32] = [:]

  mutating func removeAll() {
    guard !names.isEmpty else { return }
    names.removeAll()
    numbers.removeAll()
  }

  mutating func number(of local: UnsafeBufferPointer<UInt8>, namespace: String) -> Int32 {
    let name = Name(namespace: namespace, local: Array(local))
    if let number = numbers[name] { return number }
    let number = Int32(names.count)
    names.append(name)
    numbers[name] = number
    return number
  }

  func local(_ number: Int) -> [UInt8] { names[number].local }
  func namespace(_ number: Int) -> String { names[number].namespace }
}

extension Forest {
  /// The number of a name; one that no shape knows is numbered for this forest alone.
  @inline(__always)
  public mutating func intern(_ local: UnsafeBufferPointer<UInt8>) -> NameID {
    names.find(local) ?? foreignName(local, namespace: "")
  }

  /// Likewise, of a string.
  public mutating func intern(_ name: String) -> NameID {
    var name = name
    return name.withUTF8 { intern($0) }
  }

  /// The number of a name in a namespace.
  public mutating func intern(_ local: UnsafeBufferPointer<UInt8>, namespace uri: String) -> NameID {
    if let namespace = names.namespaceID(uri), let id = names.find(local, namespace: namespace) { return id }
    return foreignName(local, namespace: uri)
  }

  private mutating func foreignName(_ local: UnsafeBufferPointer<UInt8>, namespace: String) -> NameID {
    NameID(names.count) + foreign.number(of: local, namespace: namespace)
  }

  /// Whether no shape knows this name.
  @inlinable public func isForeign(_ name: NameID) -> Bool { name >= nameCount }

  /// The local part of a name in UTF-8.
  public func localName(_ name: NameID) -> [UInt8] {
    isForeign(name) ? foreign.local(Int(name) - names.count) : names.local(name)
  }

  /// Whether that is the local part of a name; copies no name that a shape knows.
  public func isLocalName(_ name: NameID, _ text: String) -> Bool {
    if isForeign(name) { return foreign.local(Int(name) - names.count).elementsEqual(text.utf8) }
    let names = names
    return text.utf8.withContiguousStorageIfAvailable { names.isLocal(name, $0) }
      ?? names.local(name).elementsEqual(text.utf8)
  }

  /// The first byte of a name's local part, or `nil` for the empty one.
  public func firstByte(ofName name: NameID) -> UInt8? {
    isForeign(name) ? foreign.local(Int(name) - names.count).first : names.firstByte(name)
  }

  /// The namespace of a name, empty for none.
  public func namespaceURI(_ name: NameID) -> String {
    isForeign(name)
      ? foreign.namespace(Int(name) - names.count) : names.namespaces[Int(names.namespace(name))]
  }
}
