import Diagnostics
import Mapping
import YAML

// The tables: regions, municipalities, occupations, prices, and what finance's own tables hold.
extension BillingRulesReader {
  mutating func regions() -> [String: Region] {
    var regions: [String: Region] = [:]
    for row in table("regions.csv", Region.columns) {
      guard let region = Region(row, &diagnostics) else { continue }
      if regions.updateValue(region, forKey: region.county) != nil {
        diagnostics.append(Diagnostic(.billingRow(reason: "the county stands twice"), at: row.place))
      }
    }
    return regions
  }

  mutating func municipalities() -> Set<String> {
    Set(table("municipalities.csv", ["municipality"]).map { $0["municipality"] })
  }

  mutating func occupations() -> [String: String] {
    var occupations: [String: String] = [:]
    for row in table("occupations.csv", ["occupation", "profession"]) {
      occupations[row["occupation"]] = row["profession"]
      if !ClaimCodes.profession.contains(row["profession"]) {
        let problem = Problem.billingRow(reason: "the claim has no such profession (R22)")
        diagnostics.append(Diagnostic(problem, at: row.place(of: "profession")))
      }
    }
    return occupations
  }

  mutating func groups(_ entries: [YAMLNode.Entry]) -> [String: String] {
    var groups: [String: String] = [:]
    for entry in entries {
      for item in entry.value.items ?? [entry.value] {
        let code = item.text ?? ""
        check(item, "the claim has no such profession (R22)") { ClaimCodes.profession.contains($0) }
        if let other = groups.updateValue(entry.name, forKey: code) {
          let reason = "the group `\(other)` has it too"
          diagnostics.append(Diagnostic(.billingRow(reason: reason), at: item.place))
        }
      }
    }
    return groups
  }

  mutating func prices(groups: [YAMLNode.Entry], forms: YAMLNode?) -> PriceList {
    var prices: [Price] = []
    for name in files.keys.sorted() where name.hasPrefix("prices/") {
      for row in table(name, PriceList.columns) {
        guard let price = Price(row, &diagnostics) else { continue }
        if !groups.contains(where: { $0.name == price.subject.group }) {
          let problem = Problem.ruleUnreachable(
            name: price.subject.text, reason: "rules.yaml has no group `\(price.subject.group)`")
          diagnostics.append(Diagnostic(problem, at: row.place(of: "group")))
        }
        prices.append(price)
      }
    }
    let list = PriceList(prices, &diagnostics)
    for form in forms.map({ $0.items ?? [$0] }) ?? [] {
      for group in groups where !list.has(group: group.name, form: form.text ?? "") {
        let what = "\(group.name), \(form.text ?? "")"
        diagnostics.append(Diagnostic(.visitWithoutPrice(what: what), at: form.place))
      }
    }
    return list
  }

  mutating func columns() -> [ExportColumn] {
    guard let file = files[Self.exportsFile] else { return [] }
    do throws(Diagnostic) {
      var keys = try KeyReader(try YAMLReader.read(file.text, file: file.path), BillingKeys.exports)
      let entries = keys.entries("csv")
      diagnostics += keys.diagnostics
      return entries.map { ExportColumn(heading: $0.name, path: $0.value.text ?? "") }
    } catch {
      diagnostics.append(error)
      return []
    }
  }

  mutating func table(_ name: String, _ columns: [String]) -> [RuleTable.Row] {
    guard let file = files[name] else { return [] }
    return RuleTable(file.text, file: file.path, columns: columns, &diagnostics).rows
  }
}
