import Collection
import Cryptography
import Identity
import Server
import Values

/// A person of the walk, who accepts an invitation and logs in as anybody does.
struct DemoPerson: Sendable {
    let name: String
    /// A session's.
    let token: String
    /// For a file that its owner alone can read.
    let secrets: String

    static func enter(_ services: Services, _ http: HTTPCaller, _ name: String, _ role: Role) async throws -> DemoPerson
    {
        let email = "\(name.lowercased())@demo.invalid"
        let actor = try Person(commandLine: Terminal.user)
        let invited: Invited
        do {
            invited = try await services.persons.add(name: name, email: email, grants: [RoleGrant(role)], by: actor)
        } catch let error as ServiceError where error.code == .conflict {
            invited = try await services.persons.invite(try await services.persons.find(email).id, by: actor)
        }
        let invitation = try await services.persons.invitation(invited.token)
        let password = Base32.encode(randomBytes(15)).lowercased()
        guard let secret = Base32.decode(invitation.secret).map({ MACKey($0) }) else { throw DemoFailure.noSecret }
        let step = OneTimeCode.step(at: .now())
        let recovery = try await services.persons.accept(
            invited.token,
            password: password,
            code: OneTimeCode.code(secret, step: step)
        )
        // No code serves twice: the next one, which is taken half a minute early.
        let answer = try await http.send(
            "POST",
            "/v1/sessions",
            body: JSON.object([
                .init("email", .string(email)), .init("password", .string(password)),
                .init("code", .string(OneTimeCode.code(secret, step: step + 1))),
            ]).bytes
        )
        guard answer.status == 201, let token = try answer.json["token"]?.string else {
            throw DemoFailure.login(String(decoding: answer.body, as: UTF8.self))
        }
        return DemoPerson(
            name: name,
            token: token,
            secrets: """

                \(name) (\(role.rawValue))   \(email)   password \(password)
                authenticator   \(invitation.uri)
                recovery codes  \(recovery.joined(separator: " "))
                """
        )
    }
}
