public import Documents
import Formats
public import Mapping

/// Tells two documents apart by path. Members of JSON objects may stand in any order.
public struct DocumentComparison {
  private static let most = 12

  private let codecs: Codecs
  private let names: NameTable

  /// A comparison of documents of a library's mappings.
  public init(_ library: MappingLibrary) {
    codecs = Codecs(names: library.names, limits: ReadingLimits())
    names = library.names
  }

  /// One line for each difference, with the values: cases hold no real persons.
  /// - Parameter table: how they are written, when they are CSV.
  public func differences(
    _ expected: [UInt8], _ found: [UInt8], as format: Format, _ table: CSVTable = CSVTable()
  ) throws -> [String] {
    var forest = Forest(names: names, reserving: expected.count + found.count)
    let left = try codecs.read(expected, as: format, table, named: "expected", into: &forest)
    let right = try codecs.read(found, as: format, table, named: "found", into: &forest)
    var lines: [String] = []
    compare(left, right, "", in: forest, &lines)
    return lines.count > Self.most
      ? Array(lines.prefix(Self.most)) + ["… and \(lines.count - Self.most) more"] : lines
  }

  private func compare(
    _ left: NodeID, _ right: NodeID, _ path: String, in forest: borrowing Forest, _ lines: inout [String]
  ) {
    let (a, b) = (forest[left], forest[right])
    guard a.kind == b.kind else {
      lines.append("\(path): expected \(show(left, forest)), found \(show(right, forest))")
      return
    }
    switch a.kind {
    case .object: objects(left, right, path, in: forest, &lines)
    case .array: arrays(forest.children(left), forest.children(right), path, in: forest, &lines)
    case .string, .number, .boolean, .null:
      if !forest.equal(a.text, b.text) {
        lines.append("\(path): expected \(show(left, forest)), found \(show(right, forest))")
      }
    }
  }

  private func objects(
    _ left: NodeID, _ right: NodeID, _ path: String, in forest: borrowing Forest, _ lines: inout [String]
  ) {
    let (ours, theirs) = (grouped(left, forest), grouped(right, forest))
    for (name, nodes) in ours {
      arrays(
        nodes, theirs.first { $0.name == name }?.nodes ?? [], join(path, name, forest), in: forest, &lines)
    }
    for (name, nodes) in theirs where !ours.contains(where: { $0.name == name }) {
      arrays([], nodes, join(path, name, forest), in: forest, &lines)
    }
  }

  /// Children by name: XML repeats elements, JSON has one of each.
  private func grouped(_ node: NodeID, _ forest: borrowing Forest) -> [(name: NameID, nodes: [NodeID])] {
    var groups: [(name: NameID, nodes: [NodeID])] = []
    for child in forest.children(node) {
      let name = forest[child].name
      if let index = groups.firstIndex(where: { $0.name == name }) {
        groups[index].nodes.append(child)
      } else {
        groups.append((name, [child]))
      }
    }
    return groups
  }

  private func arrays(
    _ left: [NodeID], _ right: [NodeID], _ path: String, in forest: borrowing Forest, _ lines: inout [String]
  ) {
    let isSingle = left.count <= 1 && right.count <= 1
    for index in 0..<max(left.count, right.count) {
      let here = isSingle ? path : "\(path)[\(index)]"
      if index >= left.count {
        lines.append("\(here): unexpected \(show(right[index], forest))")
      } else if index >= right.count {
        lines.append("\(here): missing, expected \(show(left[index], forest))")
      } else {
        compare(left[index], right[index], here, in: forest, &lines)
      }
    }
  }

  private func join(_ path: String, _ name: NameID, _ forest: borrowing Forest) -> String {
    let local = String(decoding: forest.localName(name), as: UTF8.self)
    return path.isEmpty ? local : "\(path).\(local)"
  }

  private func show(_ node: NodeID, _ forest: borrowing Forest) -> String {
    switch forest[node].kind {
    case .object: "an object"
    case .array: "an array"
    case .string: "\"\(forest.string(node))\""
    case .number, .boolean: forest.string(node)
    case .null: "null"
    }
  }
}
