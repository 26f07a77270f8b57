import Documents

// The way in: resources.
extension Workspace {
  /// Writes the resources of a scope and of the `each` blocks in it.
  mutating func writeResources(_ number: Int, _ writing: Writing) {
    let scope = writing.scopes[number]
    for i in scope.written.indices { writeResource(writing.resources[i], writing) }
    for i in scope.blocks.indices { writeBlock(writing.blocks[i], depth: Int(scope.depth), writing) }
  }

  private mutating func writeBlock(_ block: MappingPlan.Block, depth: Int, _ writing: Writing) {
    let inner = writing.scopes[Int(block.scope)]
    var frame = cells[Int(frames[depth]) + Int(block.listCell)]
    resources.occurrence.append(0)
    while frame >= 0 {
      resources.occurrence[resources.occurrence.count - 1] += 1
      for i in inner.written.indices { resources.current[Int(writing.resources[i].index)] = -1 }
      frames.append(frame)
      if block.when < 0 || holds(block.when, writing) { writeResources(Int(block.scope), writing) }
      frames.truncate(to: frames.count - 1)
      frame = cells[Int(frame)]
    }
    resources.occurrence.truncate(to: resources.occurrence.count - 1)
  }

  /// A resource exists when something of the message is in it. Its node's own text is its reference.
  private mutating func writeResource(_ resource: MappingPlan.Resource, _ writing: Writing) {
    let node = forest.next
    let reference = appendReference(resource.reference, writing)
    resources.current[Int(resource.index)] = -1
    pendingReference = reference
    let outcome = write(Int(resource.operation), writing)
    guard outcome == .data else { return forest.truncate(to: node) }
    forest[node].text = reference
    resources.current[Int(resource.index)] = resources.add(node, type: resource.type, reference: reference)
  }

  /// `Condition/diagnosis-2`: the name, and the positions in the blocks around it.
  private mutating func appendReference(_ name: TableRange, _ writing: Writing) -> TextRange {
    let start = forest.text.count
    forest.text.append(writing.constants.slice(name))
    for i in 0..<resources.occurrence.count {
      forest.text.append(UInt8(ascii: "-"))
      appendDecimal(Int(resources.occurrence[i]))
    }
    return TextRange(start: start, length: forest.text.count - start)
  }

  private mutating func appendDecimal(_ number: Int) {
    if number >= 10 { appendDecimal(number / 10) }
    forest.text.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// The part of the reference behind the slash.
  mutating func writeResourceID(_ operation: WriteEntry) -> Outcome {
    let reference = pendingReference
    let slash = forest.text.withElements {
      $0[reference.indices].firstIndex(of: UInt8(ascii: "/")) ?? Int(reference.start)
    }
    let range = TextRange(start: slash + 1, length: reference.indices.upperBound - slash - 1)
    forest.leaf(.string, name: operation.name, text: range, offset: 0)
    return .fixed
  }
}
