extension MapDraft.Block {
  /// Makes a line or block a comment; `false` when it is one already.
  mutating func takeBack(_ number: Int, because reason: String) -> Bool {
    for (index, item) in both.enumerated() {
      switch item {
      case .line(var line) where line.number == number:
        guard line.takeBack(because: reason) else { return false }
        both[index] = .line(line)
        return true
      case .line: break
      case .block(var block):
        if block.number == number {
          guard block.isActive else { return false }
          block.isActive = false
          block.remark = reason
          both[index] = .block(block)
          return true
        }
        if block.takeBack(number, because: reason) {
          both[index] = .block(block)
          return true
        }
      }
    }
    return `in`.takeBack(number, because: reason) || out.takeBack(number, because: reason)
  }

  /// Makes all lines to a name comments; `false` when none stands.
  mutating func takeBack(linesTo name: String, because reason: String) -> Bool {
    var isChanged = false
    for (index, item) in both.enumerated() {
      switch item {
      case .line(var line):
        guard line.right.hasPrefix(name + "."), line.takeBack(because: reason) else { continue }
        both[index] = .line(line)
        isChanged = true
      case .block(var block):
        guard block.takeBack(linesTo: name, because: reason) else { continue }
        both[index] = .block(block)
        isChanged = true
      }
    }
    for line in `in` where line.left.hasPrefix(name + ".") {
      if takeBack(line.number, because: reason) { isChanged = true }
    }
    return isChanged
  }

  /// Adds a line under `in` of the block that declares a name; `false` when it stands there already.
  mutating func add(_ line: MapDraft.Line, toBlockOf name: String) -> Bool {
    if resources.contains(where: { $0.name == name }) { return `in`.add(line) }
    return changeBlocks { $0.add(line, toBlockOf: name) }
  }

  /// Adds a line under `out` of a block.
  mutating func add(_ line: MapDraft.Line, toBlock number: Int) -> Bool {
    if self.number == number { return out.add(line) }
    return changeBlocks { $0.add(line, toBlock: number) }
  }

  private mutating func changeBlocks(_ change: (inout MapDraft.Block) -> Bool) -> Bool {
    for (index, item) in both.enumerated() {
      guard case .block(var block) = item, change(&block) else { continue }
      both[index] = .block(block)
      return true
    }
    return false
  }

  /// Leaves out what is declared but that no line and no other declaration speaks of; the main resource
  /// stays.
  mutating func dropIdleResources() {
    for (index, item) in both.enumerated() {
      guard case .block(var block) = item else { continue }
      block.dropIdleResources()
      both[index] = .block(block)
    }
    let idle = resources.dropFirst().filter { !isSpoken(of: $0.name) }.map(\.name)
    resources.removeAll { idle.contains($0.name) }
  }

  private func isSpoken(of name: String) -> Bool {
    if resources.contains(where: { $0.name != name && $0.mentions(name) }) { return true }
    return both.contains { item in
      switch item {
      case .line(let line): (line.right + " " + line.remark).contains("\(name).")
      case .block(let block): block.elements.hasPrefix("\(name).") || block.isSpoken(of: name)
      }
    }
  }

  /// The type of a name that is declared here or below.
  func type(of name: String) -> String? {
    if let resource = resources.first(where: { $0.name == name }) { return resource.type }
    return blocks.lazy.compactMap { $0.type(of: name) }.first
  }

  /// The innermost active block that a field stands in.
  func block(around path: [String]) -> MapDraft.Block? {
    guard isActive, wholePath.count < path.count || wholePath.isEmpty, path.starts(with: wholePath) else {
      return nil
    }
    return blocks.lazy.compactMap { $0.block(around: path) }.first ?? self
  }

  private var blocks: [MapDraft.Block] {
    both.compactMap { if case .block(let block) = $0 { block } else { nil } }
  }
}

extension MapDraft.Resource {
  /// Whether its tie names another resource.
  fileprivate func mentions(_ name: String) -> Bool {
    tie.split { " ,".contains($0) }.contains { $0 == name || $0.hasPrefix("\(name).") }
  }
}

extension MapDraft.Line {
  fileprivate mutating func takeBack(because reason: String) -> Bool {
    guard isActive else { return false }
    isActive = false
    remark = reason
    return true
  }
}

extension [MapDraft.Line] {
  fileprivate mutating func takeBack(_ number: Int, because reason: String) -> Bool {
    guard let index = firstIndex(where: { $0.number == number }) else { return false }
    return self[index].takeBack(because: reason)
  }

  fileprivate mutating func add(_ line: MapDraft.Line) -> Bool {
    guard !contains(where: { $0.left == line.left }) else { return false }
    append(line)
    return true
  }
}
