/// The prefixes that one kind of document writes namespaces with.
public struct NamespacePrefixes: Sendable {
  /// By the namespaces' numbers, with the colon; empty for no namespace, and for one that has no prefix here.
  public private(set) var texts: [[UInt8]] = [[]]
  /// The namespaces' numbers in the order in which documents declare them.
  public private(set) var order: [Int] = []

  /// No prefixes.
  public init() {}

  /// Gives a namespace a prefix, with a number behind it when another has it; the first one given stays.
  public mutating func add(_ prefix: String, for namespace: Int32) {
    while texts.count <= Int(namespace) { texts.append([]) }
    guard texts[Int(namespace)].isEmpty else { return }
    var free = Array("\(prefix):".utf8)
    var n = 1
    while texts.contains(free) {
      n += 1
      free = Array("\(prefix)\(n):".utf8)
    }
    texts[Int(namespace)] = free
    order.append(Int(namespace))
  }
}

extension NameTable {
  /// The prefixes of all namespaces: those given, then for the others those that were first asked for.
  public func prefixes(with given: NamespacePrefixes = NamespacePrefixes()) -> NamespacePrefixes {
    var prefixes = given
    for index in namespaces.indices.dropFirst() { prefixes.add(wishes[index], for: Int32(index)) }
    return prefixes
  }
}
