# Runs over the staged files of a .deb before it is packed. What Debian's policy asks for and other distributions do in
# their own way (compressed pages, copyright, changelogs) is done here and not in the install rules.
set(root "${CPACK_TEMPORARY_DIRECTORY}/usr")
set(doc "${root}/share/doc/${CPACK_DEBIAN_PACKAGE_NAME}")

file(MAKE_DIRECTORY "${doc}")
file(COPY_FILE "${CMAKE_CURRENT_LIST_DIR}/copyright" "${doc}/copyright")
file(COPY_FILE "${CMAKE_CURRENT_LIST_DIR}/changelog" "${doc}/changelog.Debian")
file(COPY_FILE "${CMAKE_CURRENT_LIST_DIR}/../../CHANGELOG.md" "${doc}/changelog")

file(GLOB pages "${root}/share/man/man*/*.[1-8]")
execute_process(COMMAND gzip -9nf "${doc}/changelog.Debian" "${doc}/changelog" ${pages} COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE data "${root}/share/*")
foreach(path IN LISTS data)
    file(CHMOD "${path}" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endforeach()
