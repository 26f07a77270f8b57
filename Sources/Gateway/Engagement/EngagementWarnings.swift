import Mapping

extension GatewayConfiguration {
  /// What keeps the engagement index from being told though the configuration asks for it.
  func engagementWarnings(_ library: MappingLibrary) -> [String] {
    guard let engagement else { return [] }
    let rules = EngagementRules()
    let needed = rules.implying + [rules.update, rules.question, rules.answer]
    let missing = needed.filter { library.mappings[$0] == nil }.map {
      "the engagement index can't be told: there is no mapping \($0)"
    }
    let way = library.mappings[rules.update]?.routes.flatMap(\.destinations).map(\.target) ?? []
    if way.isEmpty {
      return missing + ["no route takes \(rules.update) anywhere: the engagement index is not told"]
    }
    return missing + Set(way).sorted().flatMap { wayWarnings($0, engagement) }
      + (engagement.findContent?.warnings(named: "find-content") ?? [])
  }

  /// The owner of posts is the index that takes them, and no other (EI003).
  private func wayWarnings(_ name: String, _ engagement: EngagementConfiguration) -> [String] {
    guard let target = targets[name] else { return [] }
    guard case .http(let http) = target.way, let soap = http.soap else {
      return ["\(name): the engagement index takes SOAP, and the target has no `soap`"]
    }
    guard let asked = engagement.findContent?.soap?.logicalAddress, asked != soap.logicalAddress else {
      return []
    }
    return [
      "\(name): Updates go to the index \(soap.logicalAddress), and find-content asks \(asked): one owner only takes both (EI003)"
    ]
  }
}
