# What `cmake --install` puts where, and how others find it: find_package(factmill) or pkg-config factmill.
include(CMakePackageConfigHelpers)

install(TARGETS factmill EXPORT factmill
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY extractor/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/factmill FILES_MATCHING PATTERN "*.h")
install(DIRECTORY rules DESTINATION ${CMAKE_INSTALL_DATADIR}/factmill)
if(TARGET factmill_cli)
  if(BUILD_SHARED_LIBS)
    file(RELATIVE_PATH to_library /prefix/${CMAKE_INSTALL_BINDIR} /prefix/${CMAKE_INSTALL_LIBDIR})
    set_target_properties(factmill_cli PROPERTIES INSTALL_RPATH "$ORIGIN/${to_library}")
  endif()
  install(TARGETS factmill_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

# A static library passes its libraries on to whoever links it, a shared one keeps them.
set(FACTMILL_CONFIG_MODULES)
set(FACTMILL_PC_REQUIRES)
if(NOT BUILD_SHARED_LIBS)
  foreach(library IN LISTS FACTMILL_MODULES)
    string(APPEND FACTMILL_CONFIG_MODULES " \"${library}\"")
    string(REGEX REPLACE "^[^ ]+ " "" modules "${library}")
    string(APPEND FACTMILL_PC_REQUIRES " ${modules}")
  endforeach()
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/factmill)
install(EXPORT factmill NAMESPACE factmill:: DESTINATION ${package_dir} FILE factmill-targets.cmake)
set(FACTMILL_RULES_DIR ${CMAKE_INSTALL_DATADIR}/factmill/rules)
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/factmill-config.cmake.in ${PROJECT_BINARY_DIR}/factmill-config.cmake
  INSTALL_DESTINATION ${package_dir} PATH_VARS FACTMILL_RULES_DIR)
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/factmill-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/factmill-config.cmake ${PROJECT_BINARY_DIR}/factmill-config-version.cmake
  DESTINATION ${package_dir})

# The way from lib/pkgconfig up to the prefix, so that an installed tree may be moved.
file(RELATIVE_PATH FACTMILL_PC_PREFIX /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(${CMAKE_CURRENT_LIST_DIR}/factmill.pc.in ${PROJECT_BINARY_DIR}/factmill.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/factmill.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
