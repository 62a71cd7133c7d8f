import ProgramSource
import SourceText

/// The statement of a Go program that serves until the server is closed, such as `log.Fatal(server.ListenAndServe())`.
struct GoServe {
  enum Form {
    /// `server.ListenAndServe()`
    case bare
    /// `log.Fatal(server.ListenAndServe())`: the function around it.
    case handed(to: String)
    /// `if err := server.ListenAndServe(); err != nil {…}`
    case condition(name: String, GoExpression)
    /// `err := server.ListenAndServe()`, `err = …`
    case assigned(name: String)
    /// `return server.ListenAndServe()`
    case returned
  }

  let file: GoFile
  let statement: GoStatement
  let form: Form
  let call: GoExpression

  /// Nil where it is written in another way.
  init?(_ statement: GoStatement, call place: ByteRange, in file: GoFile) {
    guard let call = GoStatements.calls(statement).first(where: { $0.range == place }) else { return nil }
    self.file = file
    self.statement = statement
    self.call = call
    switch statement.kind {
    case .expression(let value) where value.range == place: form = .bare
    case .expression(let value):
      guard case .call(let function, let arguments) = value.kind, arguments.count == 1, arguments[0].range == place
      else { return nil }
      form = .handed(to: file.text(function.range))
    case .if(let branches, nil):
      guard branches.count == 1, let branch = branches.first,
        case .assign(let names, _, let values)? = branch.initial?.kind, names.count == 1, values.first?.range == place,
        let name = names.first?.name
      else { return nil }
      form = .condition(name: name, branch.condition)
    case .assign(let names, _, let values):
      guard names.count == 1, let name = names.first?.name, values.first?.range == place else { return nil }
      form = .assigned(name: name)
    case .return(let values):
      guard values.count == 1, values.first?.range == place else { return nil }
      form = .returned
    default: return nil
    }
  }

  /// The edits that let the statement wait for a channel when the server was closed on purpose, and report other errors as
  /// before. Package errors is needed.
  ///
  /// - Parameter serve: what is written in the place of the call.
  func waiting(for channel: String, serve: String) -> [TextEdit] {
    let indentation = file.indentation(at: statement.range.start)
    let closed = "errors.Is(err, http.ErrServerClosed)"
    switch form {
    case .bare:
      return [
        TextEdit(statement.range, "if err := \(serve); \(closed) {\n\(indentation)\t<-\(channel)\n\(indentation)}")
      ]
    case .handed(let function):
      return [
        TextEdit(
          statement.range,
          "if err := \(serve); !\(closed) {\n\(indentation)\t\(function)(err)\n\(indentation)}\n\(indentation)<-\(channel)"
        )
      ]
    case .condition(let name, let condition):
      let isKnown = file.text(condition.range).contains("ErrServerClosed")
      return [
        TextEdit(call.range, serve),
        TextEdit(
          ByteRange(at: condition.range.end), isKnown ? "" : " && !errors.Is(\(name), http.ErrServerClosed)"),
        TextEdit(ByteRange(at: statement.range.end), "\n\(indentation)<-\(channel)"),
      ]
    case .assigned(let name):
      return [
        TextEdit(call.range, serve),
        TextEdit(
          ByteRange(at: statement.range.end),
          "\n\(indentation)if errors.Is(\(name), http.ErrServerClosed) {\n\(indentation)\t<-\(channel)\n\(indentation)}"
        ),
      ]
    case .returned:
      return [
        TextEdit(
          statement.range,
          "err := \(serve)\n\(indentation)if \(closed) {\n\(indentation)\t<-\(channel)\n\(indentation)\treturn nil\n"
            + "\(indentation)}\n\(indentation)return err")
      ]
    }
  }
}
