/// Why a person of the demonstration could not log in.
enum DemoFailure: Error, CustomStringConvertible {
    case noSecret
    case login(String)

    var description: String {
        switch self {
        case .noSecret: "the invitation has no secret"
        case .login(let answer): "the login was refused: \(answer)"
        }
    }
}
