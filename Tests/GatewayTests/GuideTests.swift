import Testing

/// Who follows the guides to the letter gets what they show.
struct GuideTests {
  @Test("Connecting a system goes as the guide says")
  func connectASystem() throws {
    let run = try GuideRun("Sources/Mapping/Mapping.docc/ConnectASystem.md")
    #expect(run.count > 40)
    try run.run()
  }

  @Test("The first mapping in five minutes goes as the README says")
  func firstMapping() throws {
    let run = try GuideRun("README.md", section: "A first mapping in five minutes")
    #expect(run.count >= 8)
    try run.run()
  }

  @Test(
    "What is not as the article says is told at its line",
    arguments: [
      (4, "\n```console\n$ echo a\nb\n```"),
      (7, "\n```console\n$ echo a\na\n$ echo \\\n  a\nb\n```"),
      (3, "\n```\nfalse\n```"),
      (4, "`a.yaml`:\n\n```diff\n-a\n+b\n```"),
    ])
  func differences(_ line: Int, _ text: String) throws {
    let run = try GuideRun("article.md", text: text)
    try withKnownIssue {
      try run.run()
    } matching: {
      $0.sourceLocation?.line == line
    }
  }

  @Test(
    "An answer that is not as shown is told with the first line that differs",
    arguments: [
      (["a", "b"], ["a", "b"], nil), (["a", "b"], ["a", "c"], 1), (["a"], ["a", "b"], 1),
      (["a", "b"], ["a"], 1),
      (["…"], ["a", "b"], nil), (["…"], [], nil), (["a", "…", "d"], ["a", "b", "c", "d"], nil),
      (["a", "…", "d"], ["a", "b"], 2), (["id …, …!"], ["id 1, 2!"], nil), (["id …!"], ["id 1"], 0),
      (["a…a"], ["a"], 0),
    ] as [([String], [String], Int?)])
  func patterns(_ shown: [String], _ printed: [String], _ line: Int?) {
    #expect(GuidePattern(shown: shown).difference(from: printed) == line)
  }

  @Test(
    "A change whose lines do not stand in the file, or twice, is refused", arguments: ["a\nc", "a\nb\na\nb"])
  func changes(_ text: String) throws {
    let change = try #require(GuideChange.all(in: [" a", "-b", "+c"]).first)
    #expect(throws: GuideChange.NoSuchLines.self) { try change.apply(to: text) }
    #expect(try change.apply(to: "x\na\nb") == "x\na\nc")
  }
}
