# fish completion for fairlead(1), for share/fish/vendor_completions.d. What may stand where is the program's to say
# (fairlead __complete).

function __fairlead_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    test -n "$typed"; or set typed ''
    for line in ($words[1] __complete $words[2..-1] (string unescape -- $typed; or echo $typed) 2>/dev/null)
        if test "$line" = :files
            set -l before (string match -r -- '^--[^=]*=' $typed)
            for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' $typed))
                echo "$before$path"
            end
        else
            echo $line
        end
    end
end

complete -c fairlead -f -a '(__fairlead_complete)'
