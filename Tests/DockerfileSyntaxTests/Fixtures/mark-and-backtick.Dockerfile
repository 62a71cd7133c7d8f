# escape=`
# check=skip=all
FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
SHELL ["cmd", "/S", "/C"]
RUN dir C:\ `
  && echo "C:\Program Files"
ENV A=x` y B="q`"uote"
CMD C:\server.exe