/// A Mermaid picture of what uses what. An arrow that follows from others is left out.
struct ArrowPicture {
    /// From the top down.
    let nodes: [(name: String, words: String)]
    let uses: [String: Set<String>]

    var text: String {
        let places = nodes.map { "    \($0.name)[\"\($0.name) — \($0.words)\"]" }
        let arrows = nodes.flatMap { node in
            nodes.map(\.name).filter { isDrawn(node.name, $0) }.map { "    \(node.name) --> \($0)" }
        }
        return (["```mermaid", "flowchart TD"] + places + arrows + ["```"]).joined(separator: "\n")
    }

    private func isDrawn(_ from: String, _ to: String) -> Bool {
        let direct = uses[from, default: []].subtracting([from])
        return direct.contains(to) && !direct.contains { $0 != to && reached(from: $0).contains(to) }
    }

    /// What is used by what is used, and so on; ends on a circle too.
    private func reached(from start: String) -> Set<String> {
        var reached: Set<String> = []
        var waiting = [start]
        while let next = waiting.popLast() {
            for used in uses[next, default: []] where reached.insert(used).inserted { waiting.append(used) }
        }
        return reached
    }
}
