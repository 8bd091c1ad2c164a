/// What a browser or program calls itself, in a word that people know.
enum AgentName {
    /// Browsers name those that they descend from, too: the first that is found here is the one.
    private static let known = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("coc_coc_browser/", "Cốc Cốc"), ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
    ]

    static func of(_ userAgent: String) -> String {
        known.first { userAgent.contains($0.0) }?.1 ?? String(userAgent.prefix(30))
    }
}
