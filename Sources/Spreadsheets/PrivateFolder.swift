import Foundation

/// A folder for temporary files that no other user of the machine can look into, whatever the process's umask.
public enum PrivateFolder {
    /// Makes a folder of its own in the temporary folder, and removes it with all that is in it afterwards.
    public static func with<Value>(_ body: (_ path: String) throws -> Value) throws -> Value {
        var template = Array((FileManager.default.temporaryDirectory.path + "/khop-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { throw CocoaError(.fileWriteUnknown) }
        let path = String(cString: made)
        defer { do { try FileManager.default.removeItem(atPath: path) } catch {} }
        return try body(path)
    }
}
