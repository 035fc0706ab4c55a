{
  "variables": { "tensorflow%": "<(module_root_dir)/tensorflow" },
  "targets": [
    {
      "target_name": "spinenet_program",
      "sources": ["program.cc"],
      "include_dirs": ["<(tensorflow)/include"],
      "defines": ["NAPI_VERSION=8"],
      "cflags_cc": ["-std=c++17", "-Wall", "-Wextra"],
      "conditions": [
        ["OS=='linux'", {
          "library_dirs": ["<(tensorflow)/lib"],
          "libraries": ["-ltensorflow", "-ltensorflow_framework", "-Wl,-rpath,\\$$ORIGIN/../../deps/lib"]
        }],
        ["OS=='mac'", {
          "library_dirs": ["<(tensorflow)/lib"],
          "libraries": ["-ltensorflow", "-ltensorflow_framework", "-Wl,-rpath,@loader_path/../../deps/lib"],
          "xcode_settings": { "CLANG_CXX_LANGUAGE_STANDARD": "c++17" }
        }]
      ]
    }
  ]
}
