import Inspection
import Testing

/// What the scripts of a package.json make, and what they want to have before they are called.
@Suite struct PackageScriptTests {
  private func site(
    _ script: String, copies folder: String, _ more: [String: String] = [:], run: String = "npm run build"
  )
    -> Facts
  {
    let dockerfile = """
      FROM node:22 AS builder
      WORKDIR /app
      COPY package.json ./
      RUN npm install
      COPY . .
      RUN \(run)
      FROM nginx:1.27
      COPY --from=builder \(folder) /usr/share/nginx/html

      """
    let files = ["Dockerfile": dockerfile, "package.json": "{\"scripts\": {\"build\": \"\(script)\"}}\n"]
    return Facts(files.merging(more) { $1 })
  }

  private func matches(_ facts: Facts) -> [String] {
    facts.rows("copies", "origin", "matches").filter { $0[0] == "stage" }.map { $0[1] }
  }

  @Test(arguments: [
    ("vite build", "/app/build", "none"), ("vite build", "/app/dist", "unsure"), ("vite build", "/app", "one"),
    ("tsc && vite build", "/app/build", "none"), ("react-scripts build", "/app/dist", "none"),
    ("vite build --outDir public_html", "/app/dist", "none"),
    ("vite build --outDir public_html", "/app/public_html", "unsure"),
    // Nobody knows what these make.
    ("webpack", "/app/build", "unsure"), ("vite build && node copy.js", "/app/build", "unsure"),
  ])
  func aBundlerMakesOneFolder(script: String, folder: String, expected: String) {
    #expect(matches(site(script, copies: folder)) == [expected])
  }

  @Test(arguments: [
    ("export default {build: {outDir: 'build'}}", "/app/build", "unsure"),
    ("export default {build: {outDir: 'build'}}", "/app/dist", "none"),
    ("export default {build: {outDir: process.env.OUT}}", "/app/dist", "unsure"),
  ])
  func itsSettingsMayNameAnother(settings: String, folder: String, expected: String) {
    #expect(matches(site("vite build", copies: folder, ["vite.config.js": settings])) == [expected])
  }

  @Test func npmBuildBuildsNothing() {
    #expect(matches(site("vite build", copies: "/app/dist", run: "npm build")) == ["none"])
    #expect(matches(site("vite build", copies: "/app/dist", run: "yarn build")) == ["unsure"])
  }

  @Test func theFolderThatItMakesIsProposed() {
    #expect(site("vite build", copies: "/app/build").rows("copies", "from", "like").last == ["builder", "/app/dist"])
  }

  // MARK: Installation

  private func lacks(_ scripts: String, _ step: String = "npm ci", _ more: [String: String] = [:]) -> [[String]] {
    let files = [
      "Dockerfile":
        "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN \(step)\nCOPY . .\nCMD [\"node\", \"a.js\"]\n",
      "package.json": "{\"scripts\": {\(scripts)}}\n", "package-lock.json": "{}\n", "prisma/schema.prisma": "\n",
      "tools/patch.js": "\n",
    ]
    return Facts(files.merging(more) { $1 }).rows("lacks", "path", "kind", "why")
  }

  @Test(arguments: [
    ("\"postinstall\": \"prisma generate\"", "prisma/schema.prisma"),
    ("\"prepare\": \"node tools/patch.js\"", "tools/patch.js"),
    ("\"postinstall\": \"npm run db\", \"db\": \"npx prisma generate\"", "prisma/schema.prisma"),
  ])
  func anInstallationCallsScriptsThatWantSources(scripts: String, path: String) {
    #expect(lacks(scripts) == [[path, "source", "copied-later"]])
  }

  @Test(arguments: [
    ("\"build\": \"prisma generate\"", "npm ci"), ("\"postinstall\": \"prisma generate\"", "npm ci --ignore-scripts"),
    ("\"postinstall\": \"test -d prisma && prisma generate\"", "npm ci"),
    ("\"postinstall\": \"node tools/absent.js\"", "npm ci"), ("\"postinstall\": 7", "npm ci"),
    ("\"postinstall\": \"npm run postinstall\"", "npm ci"),
  ])
  func othersDoNot(scripts: String, step: String) {
    #expect(lacks(scripts, step).isEmpty)
  }
}
