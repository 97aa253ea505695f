/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func handle(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  HostileInput.handle(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
